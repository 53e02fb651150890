/** What the JSON APIs have in common, the operator's and the product's: problems, query parameters, tokens. */
@NullMarked
package dev.muster.rest;

import org.jspecify.annotations.NullMarked;
