package menara.crooked.lamps;

import menara.eventstore.spring.read.ReadModel;
import org.bson.Document;

/** Lets others write. */
public record LampReadModel(ReadModel lamps) {

    public void light(String lamp) {
        lamps.put(lamp, new Document("lit", true));
    }
}
