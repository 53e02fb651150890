package dev.muster;

/** What a person needs to try Muster, ready to be pasted. */
final class Banner {

    private Banner() {}

    static String of(String baseUrl, String tenant, String token, String productToken, String adminToken) {
        String tenantUrl = baseUrl + "/t/" + tenant + "/scim/v2";
        return """

                Muster is ready.

                  Tenant URL    %1$s
                  Secret token  %2$s
                  Product API   %3$s/t/%5$s/api   (token of the scope app: %6$s)
                  Admin API     %3$s/admin/api   (admin token: %4$s)

                Create a user:

                curl -s '%1$s/Users' -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/scim+json' -d '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com","name":{"givenName":"Ada","familyName":"Lovelace"},"emails":[{"type":"work","value":"ada@example.com"}],"active":true}'

                Find the user again:

                curl -s -G '%1$s/Users' -H 'Authorization: Bearer %2$s' --data-urlencode 'filter=userName eq "ada@example.com"'

                Make another tenant:

                curl -s '%3$s/admin/api/tenants' -H 'Authorization: Bearer %4$s' -H 'Content-Type: application/json' -d '{"id":"acme","displayName":"Acme"}'

                See the user as the product does:

                curl -s '%3$s/t/%5$s/api/accounts?userName=ada@example.com' -H 'Authorization: Bearer %6$s'
                """.formatted(tenantUrl, token, baseUrl, adminToken, tenant, productToken);
    }
}
