package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.tenant.TenantDirectory.Found;
import dev.muster.tenant.TenantFile.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes tenants as the files of {@code muster.tenants.dir} declare them: at the start, and whenever what stands in a file has
 * changed. A tenant is never deleted because its file is gone. Several servers may do it at once: what is already so is left.
 */
@ApplicationScoped
public class TenantFiles {

    private static final Logger LOG = Logger.getLogger(TenantFiles.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final TenantFilesConfig config;
    private final DeclaredTenants tenants;
    private final ManagedTenants managed;
    private final MeterRegistry meters;
    private final List<Gauge> gauges;
    private final Map<String, Seen> seen = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable String> directoryFault = new AtomicReference<>();
    private final AtomicReference<@Nullable Cancellable> running = new AtomicReference<>();

    /** A file when it was last looked at, and what became of it. */
    private record Seen(Found found, TenantFile outcome) {

        /** Whether it would come to the same again. */
        boolean settles(Found now) {
            return outcome.state() != State.WAITING && found.equals(now);
        }
    }

    TenantFiles(TenantFilesConfig config, DeclaredTenants tenants, ManagedTenants managed, MeterRegistry meters) {
        this.config = config;
        this.tenants = tenants;
        this.managed = managed;
        this.meters = meters;
        this.gauges =
                Stream.of(State.values()).map(state -> gauge(state, meters)).toList();
    }

    /** Applies all files, and begins to watch them; does nothing where no directory is configured. */
    public void begin() {
        config.dir().map(TenantDirectory::new).ifPresent(this::watch);
    }

    /** The files by their names, and what has become of them. */
    public List<TenantFile> list() {
        return seen.values().stream().map(Seen::outcome).toList();
    }

    /** Why the directory cannot be read, so that its tenants stay as they are; empty where it can. */
    public Optional<String> fault() {
        return Optional.ofNullable(directoryFault.get());
    }

    void watch(TenantDirectory directory) {
        reconcile(directory);
        running.set(Multi.createFrom()
                .ticks()
                .every(INTERVAL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> Uni.createFrom()
                        .voidItem()
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(() -> reconcile(directory)))
                .subscribe()
                .with(done -> {}, failure -> LOG.error("the files of tenants are not watched any more", failure)));
    }

    void end(@Observes ShutdownEvent event) {
        stopWatching();
        gauges.forEach(meters::remove);
    }

    void stopWatching() {
        Cancellable ticks = running.getAndSet(null);
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private void reconcile(TenantDirectory directory) {
        List<Found> files;
        try {
            files = directory.files();
        } catch (IOException | UncheckedIOException e) {
            if (!e.toString().equals(directoryFault.getAndSet(e.toString()))) {
                LOG.errorf("muster.tenants.dir cannot be read, its tenants stay as they are: %s", e);
            }
            return;
        }
        directoryFault.set(null);
        forgetAllBut(files.stream().map(Found::name).collect(Collectors.toSet()));
        files.forEach(this::look);
    }

    private void forgetAllBut(Set<String> names) {
        seen.values().removeIf(file -> {
            TenantFile gone = file.outcome();
            if (names.contains(gone.file())) {
                return false;
            }
            managed.release(gone.tenant(), gone.file());
            LOG.warnf(
                    "tenant=%s: the file %s is gone; a tenant stays as it is, and requests can change it",
                    gone.tenant(), gone.file());
            return true;
        });
    }

    private void look(Found file) {
        Seen before = seen.get(file.name());
        if (before != null && before.settles(file)) {
            return;
        }
        TenantFile outcome =
                apply(file, before == null ? null : before.outcome().tenant());
        seen.put(file.name(), new Seen(file, outcome));
        Fault error = outcome.error();
        if (error != null && (before == null || !error.equals(before.outcome().error()))) {
            LOG.errorf(
                    "tenant=%s: the file %s is not applied: %s: %s",
                    outcome.tenant(), file.name(), error.field(), error.detail());
        }
    }

    /** @param known the tenant that the file has declared before */
    private TenantFile apply(Found file, @Nullable String known) {
        String tenant = known;
        try {
            if (file.fault() != null) {
                throw TenantProblem.invalid("/", file.fault());
            }
            JsonNode document = TenantYaml.read(file.text());
            tenant = TenantDeclaration.id(document).orElse(known);
            claim(file.name(), known, tenant);
            TenantDeclaration declared = TenantDeclaration.read(document);
            if (VertxContextSupport.subscribeAndAwait(() -> tenants.declare(declared))) {
                LOG.infof("tenant=%s: made as the file %s says", declared.id(), file.name());
            }
            return TenantFile.applied(file.name(), declared.id());
        } catch (TenantProblem problem) {
            return problem.kind() == TenantProblem.Kind.INVALID
                    ? TenantFile.faulty(file.name(), tenant, problem)
                    : TenantFile.waiting(file.name(), tenant, problem.detail());
        } catch (Throwable failure) {
            LOG.debugf(failure, "tenant=%s: the file %s", tenant, file.name());
            return TenantFile.waiting(file.name(), tenant, "The database does not take it at the moment.");
        }
    }

    private void claim(String file, @Nullable String known, @Nullable String tenant) {
        if (!Objects.equals(known, tenant)) {
            managed.release(known, file);
        }
        String first = tenant == null ? file : managed.claim(tenant, file);
        if (!first.equals(file)) {
            throw TenantProblem.conflict("The file " + first + " declares this tenant already.");
        }
    }

    private Gauge gauge(State state, MeterRegistry registry) {
        return Gauge.builder("muster.tenant.files", seen, files -> count(files, state))
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static long count(Map<String, Seen> files, State state) {
        return files.values().stream()
                .filter(file -> file.outcome().state() == state)
                .count();
    }
}
