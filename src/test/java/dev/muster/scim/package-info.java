/** What the kernel's tests share. */
@org.jspecify.annotations.NullMarked
package dev.muster.scim;
