package menara.billing;

import menara.testkit.RouteTableWalk;
import menara.testkit.RunningService;

class BillingRoutesTest extends RouteTableWalk {

    @Override
    protected RunningService service() {
        return BillingOverHttp.running();
    }

    @Override
    protected String name() {
        return "billing";
    }
}
