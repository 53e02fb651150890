package dev.muster.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a tenant's accounts if it had other settings.
 *
 * @param examined how many users have been looked at
 * @param complete whether these were all; else the time was over
 * @param changed how many accounts would become others at once
 * @param actions what would be done to them: how many by action
 * @param fields how many of them would have another value, by field
 * @param waiting how many would wait, by reason
 * @param sample the first of those that would change or wait
 */
public record PreviewResult(
        long examined,
        boolean complete,
        long changed,
        Map<String, Long> actions,
        Map<String, Long> fields,
        Map<String, Long> waiting,
        List<Sample> sample) {

    /**
     * What would become of the account of one user.
     *
     * @param accountId null where it would be made
     * @param waits why it would wait; null where it would be applied at once
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sample(
            UUID resourceId,
            @Nullable UUID accountId,
            @Nullable String userName,
            String action,
            @Nullable String waits,
            SequencedMap<String, ValueChange> changes) {

        static Sample of(Assessment assessment, AccountAction action, SequencedMap<String, ValueChange> changes) {
            Account before = assessment.before();
            Account after = assessment.after();
            PendingReason waits = assessment.waits();
            String userName = after == null ? null : after.profile().userName();
            return new Sample(
                    assessment.resource(),
                    before == null ? null : before.id(),
                    userName == null && before != null ? before.profile().userName() : userName,
                    action.keyword(),
                    waits == null ? null : waits.keyword(),
                    changes);
        }
    }
}
