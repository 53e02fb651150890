package dev.muster.scim.filter;

import java.math.BigDecimal;
import java.time.Instant;

/** A value to compare with, already of the type that the attribute's definition asks for. */
public sealed interface Literal {

    /** For string, reference and binary attributes; as written, not folded. */
    record Text(String value) implements Literal {}

    /** For integer and decimal attributes. */
    record Number(BigDecimal value) implements Literal {}

    /** For boolean attributes. */
    record Bool(boolean value) implements Literal {}

    /** For dateTime attributes with eq, ne, gt, ge, lt, le; with co, sw, ew the literal is {@link Text}. */
    record DateTime(Instant value) implements Literal {}

    /** {@code null}: the attribute has no value (RFC 7643 §2.5); only with eq and ne. */
    record Null() implements Literal {}
}
