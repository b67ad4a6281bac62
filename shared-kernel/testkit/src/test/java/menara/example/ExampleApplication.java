package menara.example;

import static menara.platform.security.RouteTable.get;
import static menara.platform.security.RouteTable.post;

import com.mongodb.client.MongoDatabase;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.Publication;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.security.Caller;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.Power;
import menara.values.PublishedEvent;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class ExampleApplication {

    /** Whether the projection has been repaired. */
    static volatile boolean stomachsPoison;

    @Bean
    RouteTable routes() {
        return RouteTable.of(
                post("/api/example/accounts", Role.BILLING_CLERK),
                post("/api/example/accounts/{id}/deposits", Role.BILLING_CLERK),
                get("/api/example/accounts/{id}", Role.BILLING_CLERK, Role.TENANT),
                get("/api/example/claims/{kind}", Role.BILLING_CLERK));
    }

    @Bean
    EventSourcedState<ContractId, Account, AccountEvent> accounts() {
        return EventSourcedState.taggedWith(
                "account", ContractId.class, Account.class, AccountEvent.class, new Account.None(), Account::evolve);
    }

    @Bean
    Publication publication() {
        return event ->
                event instanceof Deposited deposited && !deposited.note().equals("secret")
                        ? List.of(new BalanceGrew(deposited.account(), deposited.amount()))
                        : List.of();
    }

    sealed interface AccountEvent permits Opened, Deposited {}

    @Event(namespace = "menara.example", name = "Opened", version = "1")
    record Opened(@EventTag(key = "account") ContractId account, Power limit, Instant at) implements AccountEvent {}

    @Event(namespace = "menara.example", name = "Deposited", version = "1")
    record Deposited(@EventTag(key = "account") ContractId account, Money amount, String note)
            implements AccountEvent {}

    @PublishedEvent(namespace = "menara.example", name = "BalanceGrew", version = "1")
    public record BalanceGrew(ContractId account, Money amount) {}

    record Open(@TargetEntityId ContractId account, Power limit, Instant at) {}

    record Deposit(@TargetEntityId ContractId account, Money amount, String note) {}

    sealed interface Account {
        record None() implements Account {}

        record Active(Money balance, int deposits) implements Account {}

        static Account evolve(Account account, AccountEvent event) {
            return switch (event) {
                case Opened _ -> new Active(Money.of("0", "MAD"), 0);
                case Deposited deposited
                when account instanceof Active(var balance, var count) ->
                    new Active(balance.plus(deposited.amount()), count + 1);
                case Deposited _ -> account;
            };
        }
    }

    @CommandShell
    static class AccountShell {
        @CommandHandler
        void handle(Open command, @InjectEntity Account account, EventAppender appender) {
            if (account instanceof Account.None) {
                appender.append(new Opened(command.account(), command.limit(), command.at()));
            }
        }

        @CommandHandler
        int handle(Deposit command, @InjectEntity Account account, EventAppender appender) {
            return switch (account) {
                case Account.None _ -> throw new NotFound("account", command.account());
                case Account.Active active -> {
                    if (!command.amount().isPositive()) {
                        throw new RuleViolated("deposit-not-positive", "deposit more than nothing");
                    }
                    appender.append(new Deposited(command.account(), command.amount(), command.note()));
                    yield active.deposits() + 1;
                }
            };
        }
    }

    @Projection(value = "balances", by = "account")
    static class Balances {
        private final ReadModel balances;

        Balances(MongoDatabase database) {
            this.balances = ReadModel.in(database, "balances");
        }

        @EventHandler(eventName = "menara.example.Opened")
        void on(Opened event) {
            put(event.account(), "0.00");
        }

        @EventHandler(eventName = "menara.example.Deposited")
        void on(Deposited event) {
            if (event.note().equals("poison") && !stomachsPoison) {
                throw new IllegalStateException("cannot stomach this");
            }
            put(event.account(), event.amount().amount().toPlainString());
        }

        private void put(ContractId account, String last) {
            balances.put(account.toString(), new Document("last", last));
        }

        Optional<String> last(ContractId account) {
            return balances.get(account.toString()).map(found -> found.getString("last"));
        }
    }

    record NewAccount(Power limit) {}

    record NewDeposit(Money amount, String note) {}

    record AccountView(ContractId account, Power limit, String openedBy) {}

    record DepositsView(int deposits) {}

    record BalanceView(String last) {}

    record Claim(String name, @Nullable String more) {}

    /** Documents one thing and answers another, if it is asked to. */
    @RestController
    static class ClaimEndpoint {

        @GetMapping("/api/example/claims/{kind}")
        @ApiResponse(
                responseCode = "200",
                content = @Content(mediaType = "application/json", schema = @Schema(implementation = Claim.class)))
        ResponseEntity<String> claim(@PathVariable String kind) {
            var json = ResponseEntity.status(kind.equals("other-status") ? 202 : 200)
                    .contentType(kind.equals("other-type") ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON);
            return json.body(
                    switch (kind) {
                        case "null" -> "{\"name\":null}";
                        case "number" -> "{\"name\":1}";
                        case "nothing" -> "{}";
                        case "more" -> "{\"name\":\"a\",\"other\":1}";
                        default -> "{\"name\":\"a\",\"more\":null}";
                    });
        }
    }

    @RestController
    static class AccountEndpoint {
        private final Commands commands;
        private final Balances balances;
        private final IdFactory ids;
        private final Clock clock;

        AccountEndpoint(Commands commands, Balances balances, IdFactory ids, Clock clock) {
            this.commands = commands;
            this.balances = balances;
            this.ids = ids;
            this.clock = clock;
        }

        @Idempotent
        @PostMapping("/api/example/accounts")
        @ResponseStatus(HttpStatus.CREATED)
        ResponseEntity<AccountView> open(@RequestBody NewAccount body, Caller caller) {
            if (body.limit().equals(Power.ZERO)) {
                throw new InvalidField("limit", "must be more than nothing");
            }
            var id = new ContractId(ids.next());
            commands.send(new Open(id, body.limit(), clock.instant()));
            return ResponseEntity.created(URI.create("/api/example/accounts/" + id))
                    .body(new AccountView(id, body.limit(), caller.name()));
        }

        @PostMapping("/api/example/accounts/{id}/deposits")
        DepositsView deposit(@PathVariable ContractId id, @RequestBody NewDeposit body) {
            return new DepositsView(commands.send(new Deposit(id, body.amount(), body.note()), Integer.class));
        }

        @GetMapping("/api/example/accounts/{id}")
        BalanceView get(@PathVariable ContractId id) {
            return new BalanceView(balances.last(id).orElseThrow(() -> new NotFound("account", id)));
        }
    }
}
