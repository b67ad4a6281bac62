package menara.billing.ingestion;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import menara.values.refusals.InvalidField;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A stream of events, one JSON object a line, ingested in chunks. Events before a broken line stay ingested. */
final class UsageStream {

    static final int MAX_LINE_BYTES = 64 * 1024;

    /** Bytes of a stream held in memory before they are ingested. */
    private static final int MAX_PIECE_BYTES = 1024 * 1024;

    /** Most refusals listed in the answer; more can be read event by event. */
    static final int MAX_REFUSALS_TOLD = 1_000;

    private final UsageIngestion ingestion;
    private final boolean backfill;
    private final Reporter reporter;
    private final Runnable taken;
    private final List<UsageIngestion.Refused> rejected = new ArrayList<>();
    private final List<UsageIngestion.Refused> conflicts = new ArrayList<>();
    private int accepted;
    private int duplicates;
    private int lines;

    /** @param taken called when the bytes read so far are no longer held */
    UsageStream(UsageIngestion ingestion, boolean backfill, Reporter reporter, Runnable taken) {
        this.ingestion = ingestion;
        this.backfill = backfill;
        this.reporter = reporter;
        this.taken = taken;
    }

    /** Indexes in the result count lines from 0, without empty ones. */
    UsageIngestion.Result ingest(InputStream body) throws IOException {
        var in = new BufferedInputStream(body);
        var piece = new ArrayList<JsonNode>();
        int bytes = 0;
        for (var line = readLine(in); line.length > 0; line = readLine(in)) {
            if (!isBlank(line)) {
                piece.add(parse(line, lines + piece.size()));
            }
            bytes += line.length;
            if (piece.size() == UsageController.MAX_BATCH || bytes > MAX_PIECE_BYTES) {
                ingest(piece);
                taken.run();
                bytes = 0;
            }
        }
        ingest(piece);
        return new UsageIngestion.Result(accepted, duplicates, rejected, conflicts);
    }

    private void ingest(List<JsonNode> piece) {
        if (piece.isEmpty()) {
            return;
        }
        var result = ingestion.ingest(piece, backfill, reporter);
        accepted += result.accepted();
        duplicates += result.duplicates();
        tell(result.rejected(), rejected);
        tell(result.conflicts(), conflicts);
        lines += piece.size();
        piece.clear();
    }

    private void tell(List<UsageIngestion.Refused> refused, List<UsageIngestion.Refused> told) {
        for (var one : refused) {
            if (told.size() < MAX_REFUSALS_TOLD) {
                told.add(new UsageIngestion.Refused(
                        lines + one.index(), one.id(), one.source(), one.field(), one.detail()));
            }
        }
    }

    private JsonNode parse(byte[] line, int index) {
        try {
            return UsageJson.event(line);
        } catch (JacksonException e) {
            throw new InvalidField(
                    "line " + index,
                    "is not JSON that says each field once; %d events before it were ingested".formatted(accepted));
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (one != '\n' && one != '\r' && one != ' ') {
                return false;
            }
        }
        return true;
    }

    /** With its line end; empty at the end of the stream. */
    private static byte[] readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (line.size() >= MAX_LINE_BYTES) {
                throw new InvalidField("line", "must be at most %d bytes".formatted(MAX_LINE_BYTES));
            }
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}
