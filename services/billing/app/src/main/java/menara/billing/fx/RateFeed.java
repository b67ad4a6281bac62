package menara.billing.fx;

import java.time.LocalDate;
import java.util.List;

/** A publisher of rates. */
public interface RateFeed {

    /** Name under which its rates are kept. */
    String source();

    /**
     * The rates it published for {@code date}; none if it published none, as on a holiday.
     *
     * @throws RateFeedFailed if the publisher cannot be reached or its answer cannot be read
     */
    List<Rate> ratesOn(LocalDate date);
}
