package dev.muster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.Identity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogDraftTest {

    private static LogDraft draft() {
        LogDraft draft = new LogDraft("POST", "sent-by-client");
        draft.tenant("acme");
        draft.token("token");
        return draft;
    }

    @Test
    void anOperationOfABulkRequestHasAnEntryOfItsOwnWithTheIdOfTheRequest() {
        LogDraft bulk = draft();
        LogDraft first = bulk.operation(0, "PATCH");
        first.who(new Identity("ada", null, null));
        first.answered(200);
        LogDraft second = bulk.operation(1, "DELETE");
        second.failed(ScimException.of(404, "There is no User with this id.").error());
        second.answered(404);
        bulk.answered(200);
        List<LogEntry> entries = Stream.of(bulk, first, second)
                .flatMap(draft -> draft.entry().stream())
                .toList();
        assertEquals(
                List.of("sent-by-client", "sent-by-client", "sent-by-client"),
                entries.stream().map(LogEntry::requestId).toList());
        assertNull(entries.getFirst().operation());
        assertEquals(Outcome.SUCCESS, entries.getFirst().outcome());
        assertEquals(0, entries.get(1).operation());
        assertEquals("ada", entries.get(1).who().userName());
        assertEquals(1, entries.get(2).operation());
        assertEquals(Outcome.ERROR, entries.get(2).outcome());
        assertEquals(Advice.NOT_THERE, entries.get(2).advice());
        assertEquals("token", entries.get(2).tokenId());
        assertNotEquals(entries.get(1).id(), entries.get(2).id());
    }

    @Test
    void aRequestToNoTenantHasNoEntry() {
        assertTrue(new LogDraft("GET", null).entry().isEmpty());
    }

    @Test
    void whatTheClientMustNotHearStandsInTheLogAlone() {
        LogDraft draft = draft();
        draft.refused("The token expired.", Advice.TOKEN_EXPIRED);
        draft.failed(ScimException.of(401, "A valid token is needed.").error());
        draft.answered(401);
        assertEquals("The token expired.", draft.entry().orElseThrow().reason());
    }

    /** What an error repeats of a value is for the client that has sent it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            color must be one of "red", not "hidden"|color must be one of "red"
            Expected an operator at character 9, found 'hidden'.|Expected an operator at character 9.
            members: there is no user or group with the id hidden. Send ids.|members: there is no user or group with an id that was sent; it is none that Muster has given.
            There is no attribute 'nonsense' (character 0).|There is no attribute 'nonsense' (character 0).
            """)
    void valuesAreCutOutOfTheReason(String detail, String reason) {
        LogDraft draft = draft();
        draft.failed(ScimException.invalidValue(detail).error());
        draft.answered(400);
        assertEquals(reason, draft.entry().orElseThrow().reason());
    }
}
