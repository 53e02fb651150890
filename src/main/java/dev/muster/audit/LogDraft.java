package dev.muster.audit;

import dev.muster.scim.error.ScimError;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known so far of a request, noted by those who find it out; when the request is over it becomes a {@link LogEntry}, if
 * it was one to a tenant. For one request and one thread at a time.
 */
public final class LogDraft {

    /** By this name a request carries its draft. */
    public static final String KEY = LogDraft.class.getName();

    private static final int MOST_NAMES = 100;
    private static final Pattern SANE_REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern ECHO = Pattern.compile(", (?:not \".*\"|found '.*')", Pattern.DOTALL);

    private static final Pattern NO_IDS =
            Pattern.compile("with the id (?![0-9a-f]{8}-[0-9a-f-]{27}\\b).*", Pattern.DOTALL);

    private final UUID id = EntryIds.next();
    private final long start = System.nanoTime();
    private final String requestId;
    private final String method;
    private final @Nullable Integer operation;
    private final Set<String> ignored = new LinkedHashSet<>();

    private @Nullable String tenant;
    private boolean operator;
    private @Nullable String tokenId;
    private @Nullable String resourceType;
    private @Nullable UUID resourceId;
    private Identity who = Identity.UNKNOWN;
    private List<String> query = List.of();
    private ChangedAttributes changes = ChangedAttributes.NONE;
    private boolean unchanged;
    private boolean abandoned;
    private int status;
    private @Nullable String scimType;
    private @Nullable String reason;
    private @Nullable Advice advice;

    /**
     * For a request that has just come.
     *
     * @param sentRequestId the client's own {@code X-Request-Id}, which is taken if it is a sane one
     */
    public LogDraft(String method, @Nullable String sentRequestId) {
        this.method = method;
        this.operation = null;
        this.requestId =
                sentRequestId != null && SANE_REQUEST_ID.matcher(sentRequestId).matches()
                        ? sentRequestId
                        : id.toString();
    }

    private LogDraft(LogDraft request, String method, int operation) {
        this.method = method;
        this.operation = operation;
        this.requestId = request.requestId;
        this.tenant = request.tenant;
        this.operator = request.operator;
        this.tokenId = request.tokenId;
    }

    /**
     * A draft for one operation of a Bulk request: its entry is added by itself, as soon as the operation is over.
     *
     * @param index of the operation, from 0
     */
    public LogDraft operation(int index, String itsMethod) {
        return new LogDraft(this, itsMethod, index);
    }

    /** What the response's {@code X-Request-Id} says. */
    public String requestId() {
        return requestId;
    }

    /** The tenant in the address; whether there is such a tenant shows later. */
    public void tenant(String addressed) {
        this.tenant = addressed;
    }

    public @Nullable String tenant() {
        return tenant;
    }

    /** The operator asks, not the identity provider. */
    public void byOperator() {
        this.operator = true;
    }

    public void token(@Nullable String itsId) {
        this.tokenId = itsId;
    }

    /** The token that has let the request pass; null where none has. */
    public @Nullable String token() {
        return tokenId;
    }

    /** The resource type by its name, or what else the request is about. */
    public void type(String name) {
        this.resourceType = name;
    }

    public @Nullable String type() {
        return resourceType;
    }

    /** The id in the address; what cannot be an id is not kept. */
    public void resource(String idInAddress) {
        EntryIds.parse(idInAddress).ifPresent(this::resource);
    }

    public void resource(UUID itsId) {
        this.resourceId = itsId;
    }

    public void who(Identity identity) {
        this.who = identity;
    }

    /** Attributes and operators, no values. */
    public void query(List<String> comparisons) {
        this.query = comparisons;
    }

    /** The name of an attribute that was sent and dropped. */
    public void ignored(String name) {
        if (ignored.size() < MOST_NAMES) {
            ignored.add(String.valueOf(LogText.of(INDEX.matcher(name).replaceAll(""), MOST_NAMES)));
        }
    }

    /** What a write has changed; one that changes no attribute, and is no deletion, is {@link Outcome#UNCHANGED}. */
    public void changes(ChangedAttributes names) {
        this.changes = names;
        this.unchanged = names.isEmpty() && !method.equals("DELETE");
    }

    /** The error that the client is told. The first one counts: it knows most. */
    public void failed(ScimError error) {
        failed(
                error.status(),
                error.scimType() == null ? null : error.scimType().keyword(),
                error.detail());
    }

    /** As {@link #failed(ScimError)}, for an error that is none of SCIM. */
    public void failed(int itsStatus, @Nullable String itsScimType, String detail) {
        if (reason == null) {
            scimType = itsScimType;
            String names =
                    NO_IDS.matcher(detail).replaceAll("with an id that was sent; it is none that Muster has given.");
            reason = ECHO.matcher(names).replaceAll("");
            advice = Advice.of(itsStatus, itsScimType, detail);
        }
    }

    /** Why the request is refused, where the client must not hear so much. */
    public void refused(String itsReason, Advice itsAdvice) {
        reason = itsReason;
        advice = itsAdvice;
    }

    /** The response has this status. */
    public void answered(int itsStatus) {
        this.status = itsStatus;
    }

    /** Whether the status is known. */
    public boolean isAnswered() {
        return status != 0;
    }

    /** Nobody waits for the answer any more; the work goes on. */
    public void abandoned() {
        abandoned = true;
    }

    public boolean isAbandoned() {
        return abandoned;
    }

    /** The answer did not reach its end. */
    public void brokeOff() {
        if (reason == null) {
            reason = "The connection broke off before the whole answer was sent.";
            advice = Advice.BROKEN_OFF;
        }
    }

    public boolean isError() {
        return status >= 400 || reason != null;
    }

    /** The entry; none where it was not a request to a tenant. */
    public Optional<LogEntry> entry() {
        return Optional.ofNullable(tenant).map(this::entry);
    }

    private LogEntry entry(String addressed) {
        return new LogEntry(
                addressed,
                id,
                requestId,
                operation,
                operator,
                tokenId,
                method,
                resourceType,
                resourceId,
                who,
                status,
                outcome(),
                scimType,
                reason,
                advice,
                query,
                List.copyOf(ignored),
                changes,
                (int) Math.min(Integer.MAX_VALUE, (System.nanoTime() - start) / 1_000));
    }

    private Outcome outcome() {
        if (isError()) {
            return Outcome.ERROR;
        }
        return unchanged ? Outcome.UNCHANGED : Outcome.SUCCESS;
    }
}
