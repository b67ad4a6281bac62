package menara.billing.fx.feeds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import menara.billing.fx.Rate;
import menara.billing.fx.RateFeed;
import menara.billing.fx.RateFeedFailed;
import menara.platform.web.PartnerHttp;
import org.jspecify.annotations.Nullable;

/**
 * The euro foreign exchange reference rates of the European Central Bank: {@code eurofxref-hist-90d.xml}, cubes of one day each. The
 * dirham is not among them.
 */
final class Ecb implements RateFeed {

    private static final Set<String> WANTED = Set.of("USD", "KRW");
    private static final Currency EURO = Currency.getInstance("EUR");

    private final PartnerHttp http;
    private final URI address;

    Ecb(PartnerHttp http, URI address) {
        this.http = http;
        this.address = address;
    }

    @Override
    public String source() {
        return "ecb";
    }

    @Override
    public List<Rate> ratesOn(LocalDate date) {
        try {
            return read(new ByteArrayInputStream(http.get(address, Map.of())), date);
        } catch (IOException | XMLStreamException e) {
            throw new RateFeedFailed("the ECB's rates cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Rate> read(InputStream body, LocalDate wanted) throws XMLStreamException {
        var xml = factory().createXMLStreamReader(body);
        var rates = new ArrayList<Rate>();
        boolean inDay = false;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Cube")) {
                @Nullable String time = xml.getAttributeValue(null, "time");
                if (time != null) {
                    inDay = time.equals(wanted.toString());
                }
                @Nullable String currency = xml.getAttributeValue(null, "currency");
                if (inDay && currency != null && WANTED.contains(currency)) {
                    rates.add(rate(xml, currency, wanted));
                }
            }
        }
        return rates;
    }

    private static Rate rate(XMLStreamReader xml, String currency, LocalDate date) {
        try {
            return new Rate(
                    EURO,
                    Currency.getInstance(currency),
                    new BigDecimal(xml.getAttributeValue(null, "rate")),
                    "ecb",
                    date);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new RateFeedFailed("the ECB's rate of " + currency + " is none", e);
        }
    }

    /** Without document types and external entities: an answer from outside must not cause us to read files or fetch addresses. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }
}
