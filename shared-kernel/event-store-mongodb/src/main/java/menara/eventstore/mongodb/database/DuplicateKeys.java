package menara.eventstore.mongodb.database;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteException;

/** A duplicate key is MongoDB's answer if another writer was first; the driver has several exception classes for it. */
public final class DuplicateKeys {

    private DuplicateKeys() {}

    public static boolean isOne(MongoException e) {
        return (e instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY)
                || (e instanceof MongoServerException
                        && ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY);
    }
}
