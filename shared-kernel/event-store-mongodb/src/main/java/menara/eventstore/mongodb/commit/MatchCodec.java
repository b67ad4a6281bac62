package menara.eventstore.mongodb.commit;

import com.mongodb.client.MongoCollection;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;

/** Decodes only the events of a commit that match a question, and skips the others. */
public final class MatchCodec implements Codec<Matches> {

    private final CommitCodec codec;
    private final Question question;

    private MatchCodec(CommitCodec codec, Question question) {
        this.codec = codec;
        this.question = question;
    }

    /** The collection, read with this codec. */
    public static MongoCollection<Matches> over(MongoCollection<Commit> log, CommitCodec codec, Question question) {
        return log.withDocumentClass(Matches.class)
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(new MatchCodec(codec, question)), log.getCodecRegistry()));
    }

    @Override
    public Matches decode(BsonReader reader, DecoderContext context) {
        return codec.decodeMatching(reader, question);
    }

    @Override
    public void encode(BsonWriter writer, Matches value, EncoderContext context) {
        throw new UnsupportedOperationException("only read");
    }

    @Override
    public Class<Matches> getEncoderClass() {
        return Matches.class;
    }
}
