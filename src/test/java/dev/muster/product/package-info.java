/** The product's API: what it reads of its accounts and groups. */
@NullMarked
package dev.muster.product;

import org.jspecify.annotations.NullMarked;
