package menara.platform.web;

import java.time.Instant;

/**
 * The as-of time of a projection: only what was recorded until then counts. A controller method with this parameter takes {@code asOf}, an
 * instant, default now and never in the future.
 *
 * @param at the as-of time
 * @param given whether the caller gave it
 */
public record AsOf(Instant at, boolean given) {

    public static final String PARAMETER = "asOf";
}
