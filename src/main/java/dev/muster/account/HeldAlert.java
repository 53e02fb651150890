package dev.muster.account;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells operators that the deletion guard holds deprovisionings: by the log and a metric, besides the event. */
@ApplicationScoped
class HeldAlert {

    private static final Logger LOG = Logger.getLogger(HeldAlert.class);

    private final MeterRegistry meters;

    HeldAlert(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Says how many more are held now. */
    void held(String tenant, int count) {
        if (count > 0) {
            meters.counter("muster.deletions.held", "tenant", tenant).increment(count);
            LOG.warnf(
                    "tenant=%s: %d deprovisionings are held by the deletion guard until an operator decides",
                    tenant, count);
        }
    }
}
