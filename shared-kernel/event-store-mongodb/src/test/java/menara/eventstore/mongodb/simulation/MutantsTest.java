package menara.eventstore.mongodb.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulation finds a store that breaks a rule: each mutant is the store with one method that answers always the same, and is found
 * within so many seeds. Those of a mutant that shows itself rarely begin a little before one that is known to find it.
 */
class MutantsTest {

    private static final int SEEDS = 3_000;
    private static final String PACKAGE = "menara.eventstore.mongodb.";

    private static final ClassDesc FILTERS = ClassDesc.of("com.mongodb.client.model.Filters");
    private static final MethodTypeDesc FILTER_OF_ID =
            MethodTypeDesc.of(ClassDesc.of("org.bson.conversions.Bson"), ConstantDescs.CD_Object);

    /** A rule that is taken out of the store. */
    @SuppressWarnings("ImmutableEnumChecker") // a body is written down and never changes
    enum Mutant {
        CONDITIONS_ARE_NOT_CHECKED_AGAINST_THE_LOG(
                "append.Appender", "conflicts", code -> code.iconst_0().ireturn()),
        CONDITIONS_ARE_NOT_CHECKED_WITHIN_A_COMMIT(
                "append.Appender", "conflictsWithin", code -> code.iconst_0().ireturn()),
        A_LOST_CONNECTION_COUNTS_AS_A_REFUSAL(
                "commitlog.CommitInserter", "isRefusal", code -> code.iconst_1().ireturn()),
        WHAT_WAS_SENT_COUNTS_AS_STORED(
                "commitlog.CommitInserter$Attempt",
                "whoseIsIt",
                code -> code.getstatic(FOUND, "OURS", FOUND).areturn()),
        A_TAKEN_PLACE_COUNTS_AS_LOST_TO_ANOTHER(
                "commitlog.CommitInserter$Attempt",
                "whoseIsIt",
                code -> code.getstatic(FOUND, "ANOTHER", FOUND).areturn()),
        NOBODY_LOOKS_AT_THE_CLOCK(
                400, "database.Deadline$2", "isOver", code -> code.iconst_0().ireturn()),
        NO_SECOND_LOOK_BEFORE_THE_LOG_IS_SAID_TO_HAVE_GONE_BACK(
                "Guarantees", "latest", code -> code.aload(0).areturn()),
        A_LATE_REQUEST_TAKES_BACK_A_DATE_THAT_WAS_MOVED_SINCE(
                1_400,
                "due.MongoDueDates",
                "same",
                code -> code.aload(0)
                        .ldc("_id")
                        .invokevirtual(
                                ClassDesc.of("org.bson.Document"),
                                "getString",
                                MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_Object))
                        .invokestatic(FILTERS, "eq", FILTER_OF_ID)
                        .areturn()),
        WHAT_COMES_BEHIND_PARKED_EVENTS_OVERTAKES_THEM(
                "processing.MongoParkingLot",
                "isParked",
                code -> code.iconst_0().ireturn()),
        WHAT_THE_OWNER_BEFORE_HAS_PARKED_IS_NOT_ASKED_FOR(
                300, "processing.MongoParkingLot", "forgetCached", CodeBuilder::return_),
        A_SEQUENCE_THAT_WAS_REPLAYED_MEANWHILE_STILL_TAKES_EVENTS(
                "processing.MongoParkingLot",
                "parkBehind",
                code -> code.iconst_1().ireturn()),
        WHAT_A_NEW_PRIMARY_DOES_NOT_SHOW_COUNTS_AS_REPLAYED(
                1_260,
                "processing.MongoParkingLot",
                "isStored",
                code -> code.aload(0)
                        .aload(1)
                        .invokevirtual(
                                ClassDesc.of(PACKAGE + "processing.MongoParkingLot"),
                                "find",
                                MethodTypeDesc.of(ClassDesc.of("org.bson.Document"), ConstantDescs.CD_String))
                        .ifThenElse(Opcode.IFNONNULL, CodeBuilder::iconst_1, CodeBuilder::iconst_0)
                        .ireturn()),
        A_LOG_THAT_WENT_BACK_IS_NOT_LOOKED_FOR(
                "commitlog.CommitLog",
                "firstLost",
                code -> code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL))
                        .areturn()),
        A_COMMIT_NEED_NOT_FOLLOW_THE_ONE_BEFORE(
                "commitlog.Committed", "follows", code -> code.iconst_1().ireturn()),
        ONLY_THE_LAST_COMMIT_IS_LOOKED_AT_WHEN_A_LOG_IS_OPENED(
                "log.EndSearch",
                "lookedAtFrom",
                code -> code.lload(0).lconst_1().lsub().lreturn()),
        A_TOKEN_IS_BELIEVED_WHATEVER_THE_LOG_HOLDS(
                "log.EventLog", "holds", code -> code.iconst_1().ireturn()),
        A_TOKEN_IS_STORED_WITHOUT_THE_COMMIT_BEFORE_IT(
                "log.EventLog",
                "before",
                code -> code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL))
                        .areturn());

        private final int firstSeed;
        private final String type;
        private final String method;
        private final Consumer<CodeBuilder> body;

        Mutant(String type, String method, Consumer<CodeBuilder> body) {
            this(1, type, method, body);
        }

        Mutant(int firstSeed, String type, String method, Consumer<CodeBuilder> body) {
            this.firstSeed = firstSeed;
            this.type = PACKAGE + type;
            this.method = method;
            this.body = body;
        }

        byte[] applied(byte[] classFile) {
            var files = ClassFile.of();
            return files.transformClass(
                    files.parse(classFile), ClassTransform.transformingMethods(this::isTarget, (builder, element) -> {
                        if (element instanceof CodeModel) {
                            builder.withCode(body);
                        } else {
                            builder.with(element);
                        }
                    }));
        }

        private boolean isTarget(MethodModel found) {
            return found.methodName().equalsString(method) && !found.flags().has(AccessFlag.SYNTHETIC);
        }
    }

    private static final ClassDesc OPTIONAL = ClassDesc.of("java.util.Optional");
    private static final ClassDesc FOUND = ClassDesc.of(PACKAGE + "commitlog.CommitInserter$Found");

    /** Loads the store and its simulation once more, with the mutant in it. */
    private static final class MutantLoader extends ClassLoader {

        private final Mutant mutant;

        MutantLoader(Mutant mutant) {
            super(MutantsTest.class.getClassLoader());
            this.mutant = mutant;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                return loaded == null ? defined(name) : loaded;
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (var bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                var original = Objects.requireNonNull(bytes, name).readAllBytes();
                var used = name.equals(mutant.type) ? mutant.applied(original) : original;
                return defineClass(name, used, 0, used.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_mutant_is_found(Mutant mutant) throws ReflectiveOperationException {
        assertThat(seedsUntilFound(mutant))
                .as("seeds from %d on until %s is found", mutant.firstSeed, mutant)
                .isLessThanOrEqualTo(SEEDS);
    }

    private static int seedsUntilFound(Mutant mutant) throws ReflectiveOperationException {
        var simulation = new MutantLoader(mutant).loadClass(Simulation.class.getName());
        var run = simulation.getMethod("run", long.class, boolean.class);
        int seeds = 1;
        while (seeds <= SEEDS && isWell(run.invoke(null, mutant.firstSeed + seeds - 1L, false))) {
            seeds++;
        }
        System.out.printf("MutantsTest %s found by seed %d%n", mutant, mutant.firstSeed + seeds - 1);
        return seeds;
    }

    private static boolean isWell(Object result) throws ReflectiveOperationException {
        var violations = result.getClass().getMethod("violations");
        return ((List<?>) violations.invoke(result)).isEmpty();
    }
}
