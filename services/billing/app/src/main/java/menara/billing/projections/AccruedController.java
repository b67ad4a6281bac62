package menara.billing.projections;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.YearMonth;
import java.util.Optional;
import menara.billing.contracts.VisibleContracts;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.platform.web.Costly;
import menara.values.ContractId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What accrued, was invoiced and is unbilled over HTTP, as JSON and CSV. */
@RestController
@RequestMapping("/api/billing/projections/accrued")
class AccruedController {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final VisibleContracts contracts;
    private final AccruedCharges accrued;

    AccruedController(VisibleContracts contracts, AccruedCharges accrued) {
        this.contracts = contracts;
        this.accrued = accrued;
    }

    @GetMapping
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = AccruedView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @Costly(unlessWith = "contract")
    ResponseEntity<?> accrued(
            @RequestParam Optional<ContractId> contract,
            @RequestParam Optional<TenantId> tenant,
            @RequestParam Optional<YearMonth> month,
            AsOf asOf,
            @RequestParam Optional<String> format,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = MediaType.ALL_VALUE) String accept,
            Caller caller) {
        boolean csv = wantsCsv(format, accept);
        var view = accrued.of(contracts.matching(contract, tenant, caller), month, asOf.at());
        return csv
                ? ResponseEntity.ok().contentType(CSV).body(AccruedCsv.of(view))
                : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(view);
    }

    private static boolean wantsCsv(Optional<String> format, String accept) {
        return switch (format.orElse("")) {
            case "csv" -> true;
            case "json" -> false;
            case "" ->
                MediaType.parseMediaTypes(accept).stream()
                        .filter(type -> !type.isWildcardType())
                        .findFirst()
                        .filter(type -> type.isCompatibleWith(CSV))
                        .isPresent();
            default -> throw new InvalidField("format", "must be json or csv");
        };
    }
}
