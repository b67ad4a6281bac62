package menara.platform.web;

/** The order of a service's own filters. */
public final class FilterOrder {

    /** After Spring Security (-100), because limits and keys belong to a caller. */
    public static final int AFTER_SECURITY = -50;

    private FilterOrder() {}
}
