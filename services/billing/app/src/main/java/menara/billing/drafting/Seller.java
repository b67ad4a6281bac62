package menara.billing.drafting;

import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The company that issues the invoices, as the invoices name it.
 *
 * @param code begins every number
 * @param name registered name
 * @param country ISO 3166-1 alpha-2
 * @param ice common identifier of enterprises, 15 digits (EN 16931 BT-30)
 * @param taxId identifiant fiscal, digits only; with the country in front it is the VAT identifier (BT-31, BR-CO-9)
 * @param tradeRegister registre du commerce
 * @param timeZone whose date an invoice bears
 * @param grace how long after a month late usage still joins its draft
 */
@ConfigurationProperties("menara.billing.seller")
public record Seller(
        String code,
        String name,
        String street,
        String postalCode,
        String city,
        String country,
        String ice,
        String taxId,
        String tradeRegister,
        ZoneId timeZone,
        Duration grace) {

    public Seller {
        if (!ice.matches("\\d{15}")) {
            throw new IllegalArgumentException("menara.billing.seller.ice must be 15 digits");
        }
        if (!code.matches("[A-Z0-9]{1,10}")) {
            throw new IllegalArgumentException("menara.billing.seller.code must be 1 to 10 capital letters or digits");
        }
    }
}
