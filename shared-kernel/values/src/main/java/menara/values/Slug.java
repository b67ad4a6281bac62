package menara.values;

import java.util.regex.Pattern;

/** The form of names that people give: safe in a URL, a file name, a log line and a CSV cell. */
final class Slug {

    static final int MAX_LENGTH = 80;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?");

    private Slug() {}

    static boolean isOne(String value) {
        return FORM.matcher(value).matches();
    }

    static void require(String value, String what) {
        if (!isOne(value)) {
            throw new IllegalArgumentException(
                    "%s id must be 1 to %d letters, digits, dots, dashes or underscores and begin and end with a letter or digit"
                            .formatted(what, MAX_LENGTH));
        }
    }
}
