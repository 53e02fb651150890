/** The guides of five products, followed: each product's settings, driven as its customers' identity provider drives it. */
@NullMarked
package dev.muster.vendors;

import org.jspecify.annotations.NullMarked;
