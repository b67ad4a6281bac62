package menara.billing.usage.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/** What sealing has written. */
public final class KeyDocuments {

    private KeyDocuments() {}

    private static List<Document> all(MongoDatabase database) {
        return database.getCollection("usage_keys").find().into(new ArrayList<>());
    }

    public static List<String> ids(MongoDatabase database) {
        return all(database).stream().map(one -> one.getString("_id")).toList();
    }

    /** Each document is one of a piece that counts, and no piece is part of another; but for the names of those who may have died trying. */
    public static void holdNothingThatNobodyReads(MongoDatabase database) {
        var all = all(database);
        var read = new HashSet<String>();
        for (var head : all) {
            if (!head.containsKey("unreadable")) {
                continue;
            }
            var writer = head.getString("writer");
            var name = name(head.getString("_id"));
            read.add(name.head());
            for (int section = 0; section < name.sections(); section++) {
                var id = name.section(writer, section);
                read.add(id);
                for (var one : all) {
                    if (one.getString("_id").equals(id)) {
                        int of = section;
                        BitSet.valueOf(one.get("chunks", Binary.class).getData()).stream()
                                .forEach(chunk -> read.add(name.chunk(writer, of, chunk)));
                    }
                }
            }
            assertThat(all.stream().map(one -> one.getString("_id")))
                    .as("parts of %s", name)
                    .doesNotContainAnyElementsOf(
                            name.level() == 0
                                    ? List.of("")
                                    : name.parts().stream()
                                            .map(SealedPiece.Name::head)
                                            .toList());
        }
        assertThat(all.stream().map(one -> one.getString("_id")).filter(id -> !id.endsWith("|attempts")))
                .containsExactlyInAnyOrderElementsOf(read);
    }

    private static SealedPiece.Name name(String head) {
        var parts = head.split("\\|");
        return new SealedPiece.Name(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
