package dev.muster.architecture.broken.product;

import dev.muster.architecture.broken.console.Console;
import org.jspecify.annotations.Nullable;

/** In the room product, looks into console, where it must not. */
public class Product {
    @Nullable
    Console notBelow;
}
