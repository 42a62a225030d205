// SPDX-License-Identifier: BSL-1.0
#include <relata/conformance/proxy.hpp>

int main() {
    relata::conformance::fault_proxy const proxy("127.0.0.1", 1);
    return proxy.port() == 0;
}
