package menara.platform.web;

import java.time.Instant;

/**
 * The second time of a projection: it answers as known at this instant, whatever became known later. A controller method that has this
 * parameter takes {@code asOf}, an instant, which is now if it is left out and never in the future, of which nothing is known.
 *
 * @param at the as-of time
 * @param given whether the caller gave it
 */
public record AsOf(Instant at, boolean given) {

    public static final String PARAMETER = "asOf";
}
