/** The API of the product: its accounts and groups, to be read with a token of scope {@code app}. */
@NullMarked
package dev.muster.product;

import org.jspecify.annotations.NullMarked;
