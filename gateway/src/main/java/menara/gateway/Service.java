package menara.gateway;

import java.util.Locale;

/** The services behind the gateway. */
public enum Service {
    OPERATIONS,
    CAPACITY,
    BILLING,
    INVESTMENT;

    /** As it stands in paths, metrics and problems: {@code capacity}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Everything under it belongs to the service: {@code /api/capacity}. */
    public String path() {
        return "/api/" + label();
    }
}
