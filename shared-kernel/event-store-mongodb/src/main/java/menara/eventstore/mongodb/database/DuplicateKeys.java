package menara.eventstore.mongodb.database;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteException;

/** A duplicate key is how MongoDB says that somebody else was first; it comes in several classes. */
public final class DuplicateKeys {

    private DuplicateKeys() {}

    public static boolean isOne(MongoException e) {
        return (e instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY)
                || (e instanceof MongoServerException
                        && ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY);
    }
}
