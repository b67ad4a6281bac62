package menara.billing.fx;

import java.util.List;

/** @param open the publishers that are asked, in no order */
public record RateFeeds(List<RateFeed> open) {

    public RateFeeds {
        open = List.copyOf(open);
    }
}
