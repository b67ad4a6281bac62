package menara.platform.documentation;

import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Docstrings as Markdown for readers of a document: code is set in backticks. */
final class Docstrings {

    private static final CommentFormatter FORMATTER = new CommentFormatter();

    private Docstrings() {}

    /** The docstring of a class, empty if there is none. */
    static String of(Class<?> type) {
        return plain(FORMATTER.format(RuntimeJavadoc.getJavadoc(type).getComment()));
    }

    static String plain(String docstring) {
        return docstring
                .replaceAll("</?code>", "`")
                .replaceAll("\\{@link(?:plain)? +\\S+ +([^}]+)\\}", "`$1`")
                .replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }

    /** Converts descriptions that the generator copied from docstrings. */
    static void plain(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.getDescription() != null) {
            schema.setDescription(plain(schema.getDescription()));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(Docstrings::plain);
        }
    }
}
