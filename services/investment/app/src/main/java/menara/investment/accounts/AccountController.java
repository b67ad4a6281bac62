package menara.investment.accounts;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.values.PartnerId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Capital accounts over HTTP. */
@RestController
@RequestMapping("/api/investment/partners")
class AccountController {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/{partner}/account")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = PartnerAccount.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    ResponseEntity<?> account(
            @PathVariable PartnerId partner,
            AsOf asOf,
            @RequestParam Optional<String> format,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = MediaType.ALL_VALUE) String accept,
            Caller caller) {
        boolean csv = wantsCsv(format, accept);
        var knownOn = asOf.at();
        var own = Optional.of(partner)
                .filter(caller::maySee)
                .map(accounts::of)
                .map(ledger -> ledger.knownAt(knownOn))
                // Another partner's account and a missing one get the same answer, so that it does not reveal who else
                // committed.
                .filter(ledger -> ledger.currency().isPresent())
                .orElseThrow(() -> new NotFound("capital account", partner));
        return csv
                ? ResponseEntity.ok().contentType(CSV).body(PartnerAccount.csv(own))
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(PartnerAccount.of(partner, knownOn, own));
    }

    /** {@code format} decides; without it the first concrete type that the caller accepts. */
    private static boolean wantsCsv(Optional<String> format, String accept) {
        if (format.isPresent()) {
            return switch (format.get()) {
                case "csv" -> true;
                case "json" -> false;
                default -> throw new InvalidField("format", "must be json or csv");
            };
        }
        return MediaType.parseMediaTypes(accept).stream()
                .filter(type -> !type.isWildcardType())
                .findFirst()
                .filter(CSV::isCompatibleWith)
                .isPresent();
    }
}
