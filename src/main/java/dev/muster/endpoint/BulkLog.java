package dev.muster.endpoint;

import dev.muster.audit.LogDraft;
import dev.muster.audit.ProvisioningLog;
import dev.muster.directory.BulkResult;
import dev.muster.directory.WriteNotes;
import java.util.List;
import java.util.UUID;

/** Has each operation of a Bulk request stand in the provisioning log, as soon as its result is known. */
record BulkLog(LogDraft request, ProvisioningLog log) {

    void add(List<BulkResult> results) {
        results.forEach(this::add);
    }

    private void add(BulkResult result) {
        LogDraft draft = request.operation(
                result.index(), result.method() == null ? "" : result.method().name());
        BulkResult.Target target = result.target();
        WriteNotes notes = target.notes();
        String type = target.type();
        if (type != null) {
            draft.type(type);
        }
        UUID id = target.id();
        if (id != null) {
            draft.resource(id);
        }
        draft.who(notes.identity());
        notes.ignored().forEach(draft::ignored);
        draft.changes(notes.changes());
        if (result.error() != null) {
            draft.failed(result.error());
        }
        draft.answered(result.status());
        log.add(draft);
    }
}
