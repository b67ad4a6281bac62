package menara.platform.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A controller method whose answer takes far more work than its request: it folds a history again, or reads every contract. A party may
 * have few of them under way at once, so that it does not slow down the others; beyond that it is answered 429 with {@code Retry-After}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Costly {

    /** Costly only if this query parameter is given, {@code asOf}; empty for always. */
    String onlyWith() default "";

    /** Not costly if this query parameter is given, {@code contract}, because it narrows the work to one; empty for none. */
    String unlessWith() default "";
}
