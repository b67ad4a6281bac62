package menara.first;

import com.mongodb.client.MongoClient;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import org.axonframework.conversion.Converter;

class WithoutSpring {

    private WithoutSpring() {}

    static MongoEventStorageEngine open(MongoClient client, Converter converter) {
        return MongoEventStorageEngine.builder(client.getDatabase("notes"), converter)
                .open();
    }
}
