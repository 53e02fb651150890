package dev.muster.scim.patch;

import static dev.muster.scim.patch.DevicePatch.applied;
import static dev.muster.scim.patch.DevicePatch.device;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation on every form of path, on attributes of every plurality, present and absent. */
class PatchMatrixTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = (char) 1, delimiter = '|', nullValues = "-", textBlock = """
            # operation | path | value | before | after
            # simple, single-valued
            add     | title | 'b' | {} | {title:'b'}
            add     | title | 'b' | {title:'a'} | {title:'b'}
            replace | title | 'b' | {} | {title:'b'}
            replace | title | 'b' | {title:'a'} | {title:'b'}
            remove  | title | -   | {} | {}
            remove  | title | -   | {title:'a'} | {}
            remove  | title | 'x' | {title:'a'} | {}
            # complex, single-valued
            add     | name | {familyName:'F'} | {} | {name:{familyName:'F'}}
            add     | name | {familyName:'F'} | {name:{familyName:'E',givenName:'G'}} | {name:{familyName:'F',givenName:'G'}}
            replace | name | {familyName:'F'} | {} | {name:{familyName:'F'}}
            remove  | name | -                | {} | {}
            remove  | name | -                | {name:{givenName:'G'}} | {}
            # sub-attribute of a complex one
            add     | name.givenName | 'H' | {} | {name:{givenName:'H'}}
            add     | name.givenName | 'H' | {name:{familyName:'F',givenName:'G'}} | {name:{familyName:'F',givenName:'H'}}
            replace | name.givenName | 'H' | {} | {name:{givenName:'H'}}
            replace | name.givenName | 'H' | {name:{familyName:'F',givenName:'G'}} | {name:{familyName:'F',givenName:'H'}}
            remove  | name.givenName | -   | {name:{familyName:'F'}} | {name:{familyName:'F'}}
            remove  | name.givenName | -   | {name:{familyName:'F',givenName:'G'}} | {name:{familyName:'F'}}
            remove  | name.givenName | -   | {name:{givenName:'G'}} | {}
            remove  | name.givenName | -   | {} | {}
            # multi-valued sub-attribute of a complex one
            add     | origin.marks | ['b'] | {origin:{marks:['a']}} | {origin:{marks:['a','b']}}
            add     | origin.marks | ['A'] | {origin:{marks:['a']}} | {origin:{marks:['a']}}
            add     | origin | {marks:['b']} | {origin:{marks:['a']}} | {origin:{marks:['a','b']}}
            replace | origin.marks | ['b'] | {origin:{marks:['a']}} | {origin:{marks:['b']}}
            remove  | origin.marks | -     | {origin:{marks:['a']}} | {}
            # simple, multi-valued
            add     | tags | ['b','c'] | {} | {tags:['b','c']}
            add     | tags | ['b','A'] | {tags:['a']} | {tags:['a','b']}
            add     | codes | ['A'] | {codes:['a']} | {codes:['a','A']}
            add     | sizes | [2.0,3] | {sizes:[2]} | {sizes:[2,3]}
            replace | tags | ['b'] | {} | {tags:['b']}
            replace | tags | ['b'] | {tags:['a']} | {tags:['b']}
            remove  | tags | -     | {tags:['a']} | {}
            remove  | tags | ['A','x'] | {tags:['a','b']} | {tags:['b']}
            remove  | codes | ['A'] | {codes:['a']} | {codes:['a']}
            add     | tags[value eq "a"] | 'b' | {tags:['a','c']} | {tags:['b','c']}
            add     | tags[value eq "x"] | 'b' | {tags:['a']} | {tags:['a','b']}
            replace | tags[value eq "a"] | 'b' | {tags:['A','c']} | {tags:['b','c']}
            remove  | tags[value eq "a"] | -   | {tags:['A','c']} | {tags:['c']}
            remove  | tags[value eq "a"] | -   | {tags:['a']} | {}
            remove  | tags[value eq "x"] | -   | {tags:['a']} | {tags:['a']}
            # complex, multi-valued
            add     | emails | [{value:'b'}] | {} | {emails:[{value:'b'}]}
            add     | emails | [{value:'b'}] | {emails:[{value:'a'}]} | {emails:[{value:'a'},{value:'b'}]}
            add     | emails | [{value:'a',type:'home'}] | {emails:[{value:'a',type:'work'}]} | {emails:[{value:'a',type:'work'},{value:'a',type:'home'}]}
            add     | emails | [{value:'a',type:'work'}] | {emails:[{value:'a',type:'work',display:'A'}]} | {emails:[{value:'a',type:'work',display:'A'}]}
            add     | emails | [{value:'a',type:'Work',display:'A'}] | {emails:[{value:'a',type:'work'}]} | {emails:[{value:'a',type:'Work',display:'A'}]}
            add     | addresses | [{locality:'x'}] | {addresses:[{locality:'X'}]} | {addresses:[{locality:'x'}]}
            add     | addresses | [{locality:'x'}] | {addresses:[{locality:'x',type:'work'}]} | {addresses:[{locality:'x',type:'work'},{locality:'x'}]}
            replace | emails | [{value:'b'}] | {} | {emails:[{value:'b'}]}
            replace | emails | [{value:'b'}] | {emails:[{value:'a',type:'work'},{value:'c'}]} | {emails:[{value:'b'}]}
            remove  | emails | - | {emails:[{value:'a'}]} | {}
            remove  | emails | [{value:'A'}] | {emails:[{value:'a',type:'work'},{value:'b'}]} | {emails:[{value:'b'}]}
            remove  | emails | [{type:'work'}] | {emails:[{value:'a',type:'work'}]} | {emails:[{value:'a',type:'work'}]}
            remove  | addresses | [{locality:'X'}] | {addresses:[{locality:'x'},{locality:'y'}]} | {addresses:[{locality:'y'}]}
            # sub-attribute of all values
            add     | emails.display | 'd' | {emails:[{value:'a'},{value:'b',display:'e'}]} | {emails:[{value:'a',display:'d'},{value:'b',display:'d'}]}
            add     | emails.value | 'a' | {} | {emails:[{value:'a'}]}
            replace | emails.display | 'd' | {emails:[{value:'a'}]} | {emails:[{value:'a',display:'d'}]}
            replace | emails.value | 'a' | {} | {emails:[{value:'a'}]}
            remove  | emails.display | - | {emails:[{value:'a',display:'d'},{display:'d'}]} | {emails:[{value:'a'}]}
            # value filter
            add     | emails[type eq "work"] | {value:'b'} | {emails:[{type:'work',value:'a',display:'d'},{value:'c'}]} | {emails:[{type:'work',value:'b',display:'d'},{value:'c'}]}
            add     | emails[type eq "work"] | {value:'b'} | {} | {emails:[{type:'work',value:'b'}]}
            remove  | emails[type eq "work"] | - | {emails:[{type:'WORK',value:'a'},{value:'c'}]} | {emails:[{value:'c'}]}
            remove  | emails[type eq "work"] | - | {emails:[{type:'work',value:'a'}]} | {}
            remove  | emails[type eq "work"] | - | {emails:[{value:'c'}]} | {emails:[{value:'c'}]}
            remove  | emails[type eq "work"] | - | {} | {}
            remove  | emails[not (type eq "work")] | - | {emails:[{type:'work',value:'a'},{value:'c'}]} | {emails:[{type:'work',value:'a'}]}
            # value filter and sub-attribute
            add     | emails[type eq "work"].value | 'b' | {emails:[{type:'work',value:'a'},{type:'work'},{type:'home',value:'c'}]} | {emails:[{type:'work',value:'b'},{type:'work',value:'b'},{type:'home',value:'c'}]}
            add     | emails[type eq "work"].value | 'b' | {emails:[{type:'home',value:'c'}]} | {emails:[{type:'home',value:'c'},{type:'work',value:'b'}]}
            add     | emails[type eq "work" and primary eq true].value | 'b' | {} | {emails:[{type:'work',primary:true,value:'b'}]}
            replace | emails[type eq "work"].value | 'b' | {emails:[{type:'work',value:'a'},{type:'home',value:'c'}]} | {emails:[{type:'work',value:'b'},{type:'home',value:'c'}]}
            remove  | emails[type eq "work"].display | - | {emails:[{type:'work',value:'a',display:'d'},{display:'e'}]} | {emails:[{type:'work',value:'a'},{display:'e'}]}
            remove  | emails[display eq "d"].display | - | {emails:[{display:'d'}]} | {}
            remove  | emails[type eq "home"].display | - | {emails:[{type:'work',display:'d'}]} | {emails:[{type:'work',display:'d'}]}
            # value filter on a single-valued complex attribute
            add     | name[givenName eq "g"].familyName | 'F' | {name:{givenName:'G'}} | {name:{givenName:'G',familyName:'F'}}
            add     | name[givenName eq "g"].familyName | 'F' | {} | {name:{givenName:'g',familyName:'F'}}
            remove  | name[givenName eq "g"] | - | {name:{givenName:'G'}} | {}
            remove  | name[givenName eq "x"] | - | {name:{givenName:'G'}} | {name:{givenName:'G'}}
            remove  | name[givenName eq "g"].givenName | - | {name:{givenName:'G',familyName:'F'}} | {name:{familyName:'F'}}
            # extension
            add     | EXT:department | 'd' | {} | {'EXT':{department:'d'}}
            add     | EXT:department | 'd' | {'EXT':{employeeNumber:'7'}} | {'EXT':{employeeNumber:'7',department:'d'}}
            replace | EXT:department | 'd' | {'EXT':{department:'c'}} | {'EXT':{department:'d'}}
            remove  | EXT:department | -   | {'EXT':{department:'c',employeeNumber:'7'}} | {'EXT':{employeeNumber:'7'}}
            remove  | EXT:department | -   | {'EXT':{department:'c'}} | {}
            remove  | EXT:department | -   | {} | {}
            add     | EXT:manager | {value:'m'} | {} | {'EXT':{manager:{value:'m'}}}
            add     | EXT:manager.value | 'm' | {} | {'EXT':{manager:{value:'m'}}}
            replace | EXT:manager.value | 'm' | {'EXT':{manager:{value:'l'}}} | {'EXT':{manager:{value:'m'}}}
            remove  | EXT:manager.value | - | {'EXT':{manager:{value:'l'}}} | {}
            remove  | EXT:manager | - | {'EXT':{manager:{value:'l'},department:'c'}} | {'EXT':{department:'c'}}
            """)
    void appliesInBothModes(String operation, String path, String value, String before, String after) {
        for (Conformance conformance : Conformance.values()) {
            assertEquals(
                    device(lenient(after)),
                    applied(conformance, lenient(before), operation(operation, path, value)),
                    conformance.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = (char) 1, delimiter = '|', nullValues = "-", textBlock = """
            # replace of what is not there: RFC 7644 §3.5.2.3 noTarget; Entra ID expects it to be created
            replace | emails[type eq "work"].value | 'b' | {emails:[{type:'home',value:'c'}]} | {emails:[{type:'home',value:'c'},{type:'work',value:'b'}]} | noTarget
            replace | emails[type eq "work"].value | 'b' | {} | {emails:[{type:'work',value:'b'}]} | noTarget
            replace | emails[type eq "work"] | {value:'b'} | {} | {emails:[{type:'work',value:'b'}]} | noTarget
            replace | emails[value eq "a"].value | 'b' | {} | {emails:[{value:'b'}]} | noTarget
            replace | emails[primary eq true].value | 'b' | {emails:[{value:'a'}]} | {emails:[{value:'a'},{primary:true,value:'b'}]} | noTarget
            replace | tags[value eq "x"] | 'b' | {tags:['a']} | {tags:['a','b']} | noTarget
            replace | name[givenName eq "g"].familyName | 'F' | {} | {name:{givenName:'g',familyName:'F'}} | noTarget
            # no conjunction of equalities says what to create
            add     | emails[type eq "work" or type eq "home"].value | 'b' | {} | noTarget | noTarget
            add     | emails[not (type eq "work")].value | 'b' | {} | noTarget | noTarget
            add     | emails[type ne "work"].value | 'b' | {} | noTarget | noTarget
            add     | emails[value co "x"].display | 'b' | {} | noTarget | noTarget
            add     | emails[type pr].value | 'b' | {} | noTarget | noTarget
            add     | emails[type eq null].value | 'b' | {} | noTarget | noTarget
            add     | emails[type eq "work" and type eq "home"].value | 'b' | {} | noTarget | noTarget
            add     | members[display eq "x"].type | 'User' | {} | noTarget | noTarget
            replace | emails[type eq "work" or type eq "home"].value | 'b' | {} | noTarget | noTarget
            add     | name[givenName eq "g"].familyName | 'F' | {name:{givenName:'H'}} | noTarget | noTarget
            replace | name[givenName eq "g"].familyName | 'F' | {name:{givenName:'H'}} | noTarget | noTarget
            # the whole element is replaced; COMPAT keeps what it was selected by
            replace | emails[type eq "work"] | {value:'b'} | {emails:[{type:'Work',value:'a',display:'d'}]} | {emails:[{type:'Work',value:'b'}]} | {emails:[{value:'b'}]}
            replace | emails[type eq "work"] | {value:'b',type:'other'} | {emails:[{type:'work',value:'a'}]} | {emails:[{type:'other',value:'b'}]} | {emails:[{type:'other',value:'b'}]}
            replace | emails[type co "w"] | {value:'b'} | {emails:[{type:'work',value:'a'}]} | {emails:[{value:'b'}]} | {emails:[{value:'b'}]}
            # a single-valued complex attribute: RFC 7644 §3.5.2.3 merges; the interoperability profile replaces it whole
            replace | name | {familyName:'F'} | {name:{familyName:'E',givenName:'G'}} | {name:{familyName:'F',givenName:'G'}} | {name:{familyName:'F'}}
            replace | name[givenName eq "g"] | {familyName:'F'} | {name:{givenName:'G'}} | {name:{givenName:'G',familyName:'F'}} | {name:{familyName:'F'}}
            replace | origin | {note:'m'} | {origin:{plant:'p',note:'n',marks:['a']}} | {origin:{plant:'p',note:'m',marks:['a']}} | {origin:{plant:'p',note:'m'}}
            replace | origin | {marks:['b']} | {origin:{marks:['a'],note:'n'}} | {origin:{marks:['b'],note:'n'}} | {origin:{marks:['b']}}
            replace | origin | {plant:'q'} | {origin:{plant:'p'}} | mutability | mutability
            replace | origin | {plant:'p'} | {origin:{plant:'p',note:'n'}} | {origin:{plant:'p',note:'n'}} | {origin:{plant:'p'}}
            # an element that only says which one it was
            remove  | emails[type eq "work"].value | - | {emails:[{type:'work',value:'a',primary:true}]} | {} | {emails:[{type:'work',primary:true}]}
            remove  | emails[type eq "work"].value | - | {emails:[{type:'work',value:'a',display:'d'}]} | {emails:[{type:'work',display:'d'}]} | {emails:[{type:'work',display:'d'}]}
            remove  | emails[type eq "work"].value | 'z' | {emails:[{type:'work',value:'a'}]} | {} | {emails:[{type:'work'}]}
            # mutability
            add     | state | 'x' | {} | mutability | mutability
            remove  | state | - | {} | mutability | mutability
            add     | origin.label | 'x' | {} | mutability | mutability
            add     | id | 'x' | {} | mutability | mutability
            remove  | meta | - | {} | mutability | mutability
            remove  | schemas | - | {} | mutability | mutability
            add     | schemas | ['x'] | {} | {} | {}
            add     | maker | 'x' | {} | {maker:'x'} | {maker:'x'}
            replace | maker | 'x' | {} | {maker:'x'} | {maker:'x'}
            add     | maker | 'x' | {maker:'x'} | {maker:'x'} | {maker:'x'}
            add     | maker | 'y' | {maker:'x'} | mutability | mutability
            replace | maker | 'y' | {maker:'x'} | mutability | mutability
            remove  | maker | - | {maker:'x'} | mutability | mutability
            remove  | maker | - | {} | {} | {}
            add     | origin.plant | 'p' | {origin:{note:'n'}} | {origin:{note:'n',plant:'p'}} | {origin:{note:'n',plant:'p'}}
            add     | origin | {plant:'q'} | {origin:{plant:'p'}} | mutability | mutability
            replace | origin.plant | 'q' | {origin:{plant:'p'}} | mutability | mutability
            remove  | origin.plant | - | {origin:{plant:'p'}} | mutability | mutability
            remove  | origin.plant | - | {origin:{note:'n'}} | {origin:{note:'n'}} | {origin:{note:'n'}}
            replace | members[value eq "a"].value | 'b' | {members:[{value:'a'}]} | mutability | mutability
            replace | members[value eq "a"] | {value:'b'} | {members:[{value:'a'}]} | mutability | mutability
            replace | members[value eq "a"] | {type:'User'} | {members:[{value:'a'}]} | {members:[{value:'a',type:'User'}]} | {members:[{value:'a',type:'User'}]}
            add     | members | [{value:'a',type:'User'},{value:'b'}] | {members:[{value:'a'}]} | {members:[{value:'a',type:'User'},{value:'b'}]} | {members:[{value:'a',type:'User'},{value:'b'}]}
            remove  | members[value eq "a"] | - | {members:[{value:'a'},{value:'b'}]} | {members:[{value:'b'}]} | {members:[{value:'b'}]}
            remove  | members | [{value:'a',type:'Group'}] | {members:[{value:'a',type:'User'},{value:'b'}]} | {members:[{value:'b'}]} | {members:[{value:'b'}]}
            # required
            remove  | userName | - | {userName:'u'} | mutability | mutability
            remove  | userName | - | {} | {} | {}
            """)
    void appliesByTheModesRule(
            String operation, String path, String value, String before, String compat, String strict) {
        assertOutcome(compat, Conformance.COMPAT, before, operation(operation, path, value));
        assertOutcome(strict, Conformance.STRICT, before, operation(operation, path, value));
    }

    private static void assertOutcome(
            String expected, Conformance conformance, String before, PatchOperation operation) {
        if (expected.startsWith("{")) {
            assertEquals(
                    device(lenient(expected)),
                    applied(conformance, lenient(before), operation),
                    conformance.toString());
            return;
        }
        ScimException refusal = assertThrows(
                ScimException.class, () -> applied(conformance, lenient(before), operation), conformance.toString());
        assertEquals(
                expected, refusal.error().scimType().keyword(), refusal.error().detail());
        assertEquals(400, refusal.error().status());
    }

    private static PatchOperation operation(String operation, String path, String value) {
        return switch (operation) {
            case "add" -> DevicePatch.add(path, lenient(value));
            case "replace" -> DevicePatch.replace(path, lenient(value));
            case "remove" -> DevicePatch.remove(path, value == null ? null : lenient(value));
            default -> throw new IllegalArgumentException(operation);
        };
    }

    /** Names may stand without quotation marks. */
    private static String lenient(String text) {
        return text.replaceAll("([{,])(\\w+):", "$1'$2':");
    }
}
