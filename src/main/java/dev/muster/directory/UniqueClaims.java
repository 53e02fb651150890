package dev.muster.directory;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The unique values that a batch of changes takes and gives up. One that is taken by one change and given up by another makes
 * their order matter, which one statement does not keep.
 */
final class UniqueClaims {

    private final Set<Buffer> taken = new HashSet<>();
    private final Set<Buffer> givenUp = new HashSet<>();

    private UniqueClaims() {}

    /** Refuses a batch in which the order matters. */
    static void check(List<BatchRepository.Update> updates) {
        UniqueClaims claims = new UniqueClaims();
        updates.forEach(claims::add);
        claims.taken.retainAll(claims.givenUp);
        if (!claims.taken.isEmpty()) {
            throw new BatchRefusedException("a unique value passes from one resource to another");
        }
    }

    private void add(BatchRepository.Update update) {
        Set<Buffer> before = new HashSet<>();
        Set<Buffer> after = new HashSet<>();
        String type = update.type().name();
        if (update.old().userName() != null) {
            before.add(userName(type, update.old().userName()));
        }
        if (update.row().userName() != null) {
            after.add(userName(type, update.row().userName()));
        }
        if (UniqueValue.declaredBy(update.type())) {
            UniqueValue.of(update.type(), update.old().resource().resource().document())
                    .forEach(value -> before.add(value.key()));
            update.row().uniqueValues().forEach(value -> after.add(value.key()));
        }
        for (Buffer value : after) {
            if (!before.contains(value)) {
                taken.add(value);
            }
        }
        before.removeAll(after);
        givenUp.addAll(before);
    }

    private static Buffer userName(String type, String userName) {
        return Buffer.buffer((type + '\0' + userName).getBytes(StandardCharsets.UTF_8));
    }
}
