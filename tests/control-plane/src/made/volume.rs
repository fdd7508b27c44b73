use serde_json::{Value as Json, json};

use super::{Make, Platform};

impl Make<'_> {
    pub(super) fn volume(&mut self, index: usize) -> Json {
        let mut volume = json!({"name": format!("volume-{index}")});
        // Without a source it is an emptyDir.
        if self.random.chance(10) {
            return volume;
        }
        let is_bad = self.is_bad() && self.platform != Platform::HostProcess;
        let (kind, source) = if !is_bad {
            self.restricted()
        } else if self.random.chance(40) {
            ("hostPath", json!({"path": "/srv"}))
        } else {
            self.other()
        };
        volume[kind] = source;
        volume
    }

    fn restricted(&mut self) -> (&'static str, Json) {
        match self.random.below(9) {
            0 => ("configMap", json!({"name": "shop"})),
            1 => ("csi", json!({"driver": "csi.example.com"})),
            2 => ("downwardAPI", json!({})),
            3 => ("emptyDir", json!({})),
            4 => {
                let claim =
                    json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
                ("ephemeral", json!({"volumeClaimTemplate": {"spec": claim}}))
            }
            5 => ("image", json!({"reference": "registry.example.com/data:1"})),
            6 => ("persistentVolumeClaim", json!({"claimName": "shop"})),
            7 => ("projected", json!({"sources": [{"configMap": {"name": "shop"}}]})),
            _ => ("secret", json!({"secretName": "shop"})),
        }
    }

    fn other(&mut self) -> (&'static str, Json) {
        match self.random.below(21) {
            0 => ("awsElasticBlockStore", json!({"volumeID": "vol-1"})),
            1 => (
                "azureDisk",
                json!({"diskName": "d", "diskURI": "/subscriptions/s/disks/d", "kind": "Managed"}),
            ),
            2 => ("azureFile", json!({"secretName": "s", "shareName": "s"})),
            3 => ("cephfs", json!({"monitors": ["192.0.2.1:6789"]})),
            4 => ("cinder", json!({"volumeID": "v"})),
            5 => ("fc", json!({"targetWWNs": ["500a0982991b8dc5"], "lun": 2})),
            6 => ("flexVolume", json!({"driver": "example.com/lvm"})),
            7 => ("flocker", json!({"datasetName": "d"})),
            8 => ("gcePersistentDisk", json!({"pdName": "d"})),
            9 => ("gitRepo", json!({"repository": "https://git.example.com/shop.git"})),
            10 => ("glusterfs", json!({"endpoints": "e", "path": "p"})),
            11 => (
                "iscsi",
                json!({"targetPortal": "192.0.2.1:3260", "iqn": "iqn.2001-04.com.example:storage", "lun": 0}),
            ),
            12 => ("nfs", json!({"server": "nfs.example.com", "path": "/"})),
            13 => ("photonPersistentDisk", json!({"pdID": "d"})),
            14 => ("portworxVolume", json!({"volumeID": "v"})),
            15 => ("quobyte", json!({"registry": "registry:7861", "volume": "v"})),
            16 => ("rbd", json!({"monitors": ["192.0.2.1:6789"], "image": "i"})),
            17 => {
                let system = json!({"name": "s"});
                ("scaleIO", json!({"gateway": "g", "system": "s", "volumeName": "v", "secretRef": system}))
            }
            18 => ("storageos", json!({"volumeName": "v"})),
            19 => ("vsphereVolume", json!({"volumePath": "p"})),
            _ => ("hostPath", json!({"path": "/var/lib", "type": "Directory"})),
        }
    }
}
