package menara.platform.web;

import java.time.Instant;

/**
 * The second time of a projection: it answers as of this instant, without anything recorded later. A controller method with this parameter
 * takes {@code asOf}, an instant, default now and never in the future.
 *
 * @param at the as-of time
 * @param given whether the caller gave it
 */
public record AsOf(Instant at, boolean given) {

    public static final String PARAMETER = "asOf";
}
