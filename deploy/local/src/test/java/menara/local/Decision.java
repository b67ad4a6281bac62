package menara.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A decision as a test reads it.
 *
 * @param paragraphs without line ends: the title, the status, what earlier decisions it changes (if it changes any), the sections
 */
record Decision(String file, List<String> paragraphs) {

    static final Pattern NAME = Pattern.compile("\\d{4}(?:-[a-z0-9]+)+\\.md");

    private static final String LINK = "\\[\\d+]\\(" + NAME + "\\)";
    private static final Pattern TARGET = Pattern.compile("\\[(\\d+)]\\((" + NAME + ")\\)");
    private static final Pattern TITLE = Pattern.compile("# (\\d+)\\. (.+)");
    private static final Pattern STATUS = Pattern.compile(
            "Status: (accepted|superseded by %1$s|amended by %1$s(?:, %1$s)*)\\. Decided on (\\S+)\\.".formatted(LINK));
    private static final String LINKS = "(%1$s(?:(?:, | and )%1$s)*)".formatted(LINK);
    private static final Pattern CHANGES =
            Pattern.compile("(?:Supersedes %1$s\\.)? ?(?:Amends %1$s: .+)?".formatted(LINKS));
    private static final Pattern SECTION = Pattern.compile("\\*\\*([A-Z][a-z ]+)\\.\\*\\* \\S.+");

    private static final int TITLE_AT = 0;
    private static final int STATUS_AT = 1;
    private static final int CHANGES_AT = 2;

    static Decision read(Path file) {
        try {
            List<String> paragraphs = Stream.of(Files.readString(file).strip().split("\n\n+"))
                    .map(paragraph -> paragraph.replace('\n', ' '))
                    .toList();
            return new Decision(file.getFileName().toString(), paragraphs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int number() {
        return Integer.parseInt(matched(TITLE, TITLE_AT).group(1));
    }

    String title() {
        return matched(TITLE, TITLE_AT).group(2);
    }

    /** In the words of the index: numbers in the place of links. */
    String status() {
        return matched(STATUS, STATUS_AT).group(1).replaceAll(TARGET.pattern(), "$1");
    }

    LocalDate decidedOn() {
        return LocalDate.parse(matched(STATUS, STATUS_AT).group(2));
    }

    /** Files of the decisions that took its place. */
    List<String> supersededBy() {
        return saidBehind("superseded by");
    }

    /** Files of the decisions that changed a part of it. */
    List<String> amendedBy() {
        return saidBehind("amended by");
    }

    private List<String> saidBehind(String word) {
        String status = matched(STATUS, STATUS_AT).group(1);
        return status.startsWith(word) ? targets(status) : List.of();
    }

    /** Files of the decisions whose place it takes. */
    List<String> supersedes() {
        return changes(1);
    }

    /** Files of the decisions of which it changes a part. */
    List<String> amends() {
        return changes(2);
    }

    private List<String> changes(int group) {
        if (SECTION.matcher(paragraphs.get(CHANGES_AT)).matches()) {
            return List.of();
        }
        String links = matched(CHANGES, CHANGES_AT).group(group);
        return links == null ? List.of() : targets(links);
    }

    List<String> sections() {
        return paragraphs.stream()
                .map(SECTION::matcher)
                .filter(Matcher::matches)
                .map(section -> section.group(1))
                .toList();
    }

    /** Numbers and files of all decisions that it names by a link. */
    Stream<MatchResult> links() {
        return paragraphs.stream()
                .flatMap(paragraph -> TARGET.matcher(paragraph).results());
    }

    private static List<String> targets(String links) {
        return TARGET.matcher(links).results().map(link -> link.group(2)).toList();
    }

    private MatchResult matched(Pattern form, int paragraph) {
        Matcher matcher = form.matcher(paragraphs.get(paragraph));
        if (!matcher.matches()) {
            throw new IllegalStateException(
                    "%s says \"%s\" where the form is %s".formatted(file, paragraphs.get(paragraph), form));
        }
        return matcher.toMatchResult();
    }
}
