package dev.muster.postgres;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Something that must be so before the server may answer its first request. Each room brings its own as beans. */
public interface StartCheck {

    /** What is wrong and what to do about it; empty where all is well. */
    Uni<Optional<String>> problem();
}
