package menara.embeddedmongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ObjectDataType;

/**
 * The backend on a file, with documents stored as BSON and keys compared by value. Its base class uses Java serialization for both, which
 * H2 then calls for each comparison of a look-up: a hundred microseconds and more.
 */
final class DiskBackend extends H2Backend {

    DiskBackend(MVStore store) {
        super(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new Database(name, getMvStore(), getCursorRegistry());
    }

    /** Opens each map with our types before the base class asks for it by name and gets the open one. */
    private static final class Database extends H2Database {

        private final MVStore store;

        Database(String name, MVStore store, CursorRegistry cursors) {
            this.store = store; // the base opens collections while it is constructed
            super(name, store, cursors);
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
            store.openMap(
                    "databases." + getFullCollectionNamespace(collection),
                    new MVMap.Builder<Object, Document>()
                            .keyType(new ObjectDataType())
                            .valueType(new BsonDocumentType()));
            return super.openOrCreateCollection(collection, options);
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
                String collection, String index, List<IndexKey> keys, boolean sparse) {
            store.openMap(
                    getFullCollectionNamespace(collection) + "._index_" + index,
                    new MVMap.Builder<KeyValue, Object>()
                            .keyType(new IndexKeyType())
                            .valueType(new ObjectDataType()));
            return new ConjunctionIndex<>(super.openOrCreateUniqueIndex(collection, index, keys, sparse), sparse);
        }
    }
}
