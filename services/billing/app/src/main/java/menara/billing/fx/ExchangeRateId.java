package menara.billing.fx;

import java.util.UUID;
import menara.values.TypedId;

/** A rate that was entered by hand. */
public record ExchangeRateId(UUID value) implements TypedId<UUID> {

    @Override
    public String toString() {
        return value.toString();
    }
}
