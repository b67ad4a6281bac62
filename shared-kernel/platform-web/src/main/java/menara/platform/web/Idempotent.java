package menara.platform.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark of a controller method that creates or moves money or capacity: its request must carry an {@code Idempotency-Key}, and sent twice
 * it acts once. The same key and body get the first answer again, the same key with another body 422, a request still running 409.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {}
