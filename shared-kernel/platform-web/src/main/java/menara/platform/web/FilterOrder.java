package menara.platform.web;

/** Where a service's own filters stand. */
public final class FilterOrder {

    /** Behind Spring Security (-100): limits and keys are a caller's. */
    public static final int AFTER_SECURITY = -50;

    private FilterOrder() {}
}
