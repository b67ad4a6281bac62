package menara.platform.web;

/** 412: the thing changed since the caller read it ({@code If-Match} does not match its {@code ETag}). */
public final class StaleEdit extends Refusal {

    private static final long serialVersionUID = 1L;

    public StaleEdit(String detail) {
        super(detail);
    }
}
