package menara.platform.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A controller method whose answer takes far more work than the question: it folds history anew, or reads every contract. A party may have few
 * of them under way at once, so that nobody's curiosity is paid for by everybody else; beyond that it is answered 429 with {@code Retry-After}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Costly {

    /** Costly only if this query parameter is given, {@code asOf}; empty for always. */
    String onlyWith() default "";

    /** Not costly if this query parameter is given, {@code contract}, because it narrows what is looked at to one; empty for none. */
    String unlessWith() default "";
}
