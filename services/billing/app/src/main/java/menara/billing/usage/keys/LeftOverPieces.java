package menara.billing.usage.keys;

import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoCollection;
import java.util.List;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.database.Deadline;
import org.bson.Document;

/** Documents that a crash left behind of pieces that are there, or are part of others. */
final class LeftOverPieces {

    private final MongoCollection<Document> documents;
    private final PieceReader reader;

    LeftOverPieces(MongoCollection<Document> documents, PieceReader reader) {
        this.documents = documents;
        this.reader = reader;
    }

    /** Removes what is left over beside these pieces: their parts, and what was written of them in vain. */
    void removeOf(List<SealedPiece> pieces) {
        for (var piece : pieces) {
            removeParts(piece.name());
        }
        var byAttempts =
                pieces.stream().collect(Collectors.toMap(piece -> piece.name().attempts(), piece -> piece));
        reader.byId(byAttempts.keySet(), Deadline.NONE).forEach((id, attempts) -> {
            var piece = requireNonNull(byAttempts.get(id));
            PieceWriter.removeAttempts(documents, attempts, piece.name(), piece.writer());
        });
    }

    /** Removes the pieces that this one was merged of. */
    void removeParts(SealedPiece.Name whole) {
        var heads =
                reader.byId(whole.parts().stream().map(SealedPiece.Name::head).toList(), Deadline.NONE);
        for (var part : whole.parts()) {
            var head = heads.get(part.head());
            if (head != null) {
                removeParts(part);
                PieceWriter.removePiece(documents, head, part);
            }
        }
    }
}
