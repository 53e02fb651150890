package dev.muster.transcripts;

import dev.muster.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole cycles of Entra ID and Okta, each step as they send it. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class TranscriptTest {

    @TestFactory
    Stream<DynamicTest> entraUsersAndGroups() {
        return play("entra-users-and-groups");
    }

    @TestFactory
    Stream<DynamicTest> oktaSpecTest() {
        return play("okta-spec-test");
    }

    @TestFactory
    Stream<DynamicTest> oktaPutStyle() {
        return play("okta-put-style");
    }

    @TestFactory
    Stream<DynamicTest> oktaPatchStyle() {
        return play("okta-patch-style");
    }

    private static Stream<DynamicTest> play(String file) {
        return new TranscriptPlayer(Transcript.read(file)).tests();
    }
}
