package dev.muster.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What a client may ask for. Every number stands between bounds beyond which identity providers would fail or the server
 * would be at risk; a value outside of them stops the start. The size of request bodies is limited by {@code
 * quarkus.http.limits.max-body-size}, which the transport keeps too.
 */
@ConfigMapping(prefix = "muster.limits")
public interface LimitsConfig {

    /**
     * Requests a second that one token may send for long, on each replica; twice as many at once. Beyond it: 429 with {@code
     * Retry-After}. 25, the rate that identity providers rely on, to 100,000.
     */
    @Min(25)
    @Max(100_000)
    @WithDefault("50")
    int requestsPerSecond();

    /**
     * Failed authentications a second for which one client address may have an answer at one tenant for long, ten times as
     * many at once; at all tenants together ten times as many. Beyond it: 429 with {@code Retry-After}. 1 to 10,000.
     */
    @Min(1)
    @Max(10_000)
    @WithDefault("1")
    int failedAuthenticationsPerSecond();

    /** Characters of a filter, or of a path in PATCH. Beyond it: 400 {@code invalidFilter}. 256 to 1,000,000. */
    @Min(256)
    @Max(1_000_000)
    @WithDefault("4096")
    int filterLength();

    /** Levels of parentheses and value paths in a filter. Beyond it: 400 {@code invalidFilter}. 5 to 100. */
    @Min(5)
    @Max(100)
    @WithDefault("20")
    int filterDepth();

    /** Comparisons in a filter. Beyond it: 400 {@code invalidFilter}. 10 to 10,000. */
    @Min(10)
    @Max(10_000)
    @WithDefault("200")
    int filterNodes();

    /** Operations in one PATCH. Beyond it: 400 {@code invalidValue}. 50 to 100,000. */
    @Min(50)
    @Max(100_000)
    @WithDefault("1000")
    int patchOperations();

    /**
     * Members of a group, or other values of one attribute, in one operation of a PATCH, and members in one POST or PUT. Beyond
     * it: 400 {@code invalidValue}. 10,000 to 1,000,000.
     */
    @Min(10_000)
    @Max(1_000_000)
    @WithDefault("100000")
    int membersPerRequest();

    /** Operations in one Bulk request. Beyond it: 413 (RFC 7644 §3.7.4). 10 to 100,000. */
    @Min(10)
    @Max(100_000)
    @WithDefault("10000")
    int bulkOperations();

    /** Resources in a page whose size was not asked for. 1 to 1,000. */
    @Min(1)
    @Max(1_000)
    @WithDefault("100")
    int pageSize();

    /** Resources in a page of any size; a larger one that was asked for is this large (RFC 7644 §3.4.2.4). 1 to 1,000. */
    @Min(1)
    @Max(1_000)
    @WithDefault("1000")
    int largestPage();

    /** Levels of nesting in a request body. Beyond it: 400 {@code invalidSyntax}. 10 to 200. */
    @Min(10)
    @Max(200)
    @WithDefault("50")
    int jsonDepth();

    /** Characters of a string in a request body. Beyond it: 400 {@code invalidSyntax}. 65,536 to 10,000,000. */
    @Min(65_536)
    @Max(10_000_000)
    @WithDefault("2000000")
    int jsonStringLength();

    /** Characters of a number in a request body. Beyond it: 400 {@code invalidSyntax}. 20 to 1,000. */
    @Min(20)
    @Max(1_000)
    @WithDefault("200")
    int jsonNumberLength();

    /** Characters of a request's address. Beyond it: 414. 2,048 to 65,536, half of what the transport takes. */
    @Min(2_048)
    @Max(65_536)
    @WithDefault("8192")
    int addressLength();

    /** Bytes of a request's headers together. Beyond it: 431. 8,192 to 65,536, half of what the transport takes. */
    @Min(8_192)
    @Max(65_536)
    @WithDefault("16384")
    int headerSize();
}
