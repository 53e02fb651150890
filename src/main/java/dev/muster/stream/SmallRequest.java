package dev.muster.stream;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The class is open to strangers: the bodies of its requests are limited more narrowly than others. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SmallRequest {

    /** So many bytes at most; what is longer is answered with 413. */
    int bytes();
}
